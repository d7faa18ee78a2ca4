-- Stands before every script that changes a job. Their first keys are the indexes, one for each state, in this order.
local index = {
  queued = KEYS[1], scheduled = KEYS[2], running = KEYS[3],
  succeeded = KEYS[4], failed = KEYS[5], cancelled = KEYS[6], expired = KEYS[7],
}

-- One time for all that a script changes.
local at = now()
local atText = text(at)

-- What a job's log calls a state.
local letter = { queued = 'q', scheduled = 'w', running = 'r', succeeded = 's', failed = 'f', cancelled = 'c', expired = 'x' }

-- The fields of a job that say where it is.
local function stated(to, log, enqueued, more)
  return 'state', to, 'since', atText, 'log', logged(log, enqueued, at, letter[to], more)
end

-- Whoever watches the job reads it again. Nobody else hears it, and it costs next to nothing then. A user who may not publish must not leave a job half changed.
local function announce(key)
  redis.pcall('PUBLISH', key, '')
end

local function move(key, id, from, to, score, more)
  if from then redis.call('ZREM', index[from], id) end
  redis.call('ZADD', index[to], text(score), id)
  local job = redis.call('HMGET', key, 'log', 'enqueuedAt')
  redis.call('HSET', key, stated(to, job[1], job[2], more))
  announce(key)
end

-- What only a run needs. Unless it failed, an ended job never runs again: it is dropped then.
local forRuns = { 'args', 'headers', 'traceparent', 'extra', 'maxAttempts', 'timeLimit' }

-- To a final state. Unless it failed, it counts among the finished ones of its name.
local function finish(key, id, from, to, finished)
  move(key, id, from, to, at)
  if to == 'failed' then return end
  redis.call('ZADD', finished, atText, id)
  redis.call('HDEL', key, unpack(forRuns))
end

-- Jobs that enter or leave indexes, all at the end of a script in one call for each index: far cheaper than one by one.
local function entering()
  local members = {}
  return function(key, score, id)
    local list = members[key]
    if not list then list = {}; members[key] = list end
    list[#list + 1] = score
    list[#list + 1] = id
  end, function()
    for key, list in pairs(members) do redis.call('ZADD', key, unpack(list)) end
  end
end

local function leaving(command)
  local members = {}
  return function(key, id)
    local list = members[key]
    if not list then list = {}; members[key] = list end
    list[#list + 1] = id
  end, function()
    for key, list in pairs(members) do redis.call(command, key, unpack(list)) end
  end
end

-- One line for each failed attempt. A job that is replayed again and again loses its oldest lines.
local function remember(key, line)
  local history = redis.call('HGET', key, 'history')
  if history then line = history .. '\n' .. line end
  if #line > 65536 then line = string.sub(line, string.find(line, '\n', #line - 32768, true) + 1) end
  redis.call('HSET', key, 'history', line)
end

