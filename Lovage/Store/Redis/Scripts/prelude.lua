-- Stands before every script that changes a job. Their first keys are the indexes, in this order.
local index = { queued = KEYS[1], scheduled = KEYS[2], failed = KEYS[3] }

-- The store's clock in milliseconds: the only one that counts.
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Lua would write a large number as 1.79e+12.
local function text(number)
  return string.format('%.0f', number)
end

local function move(key, id, from, to, score)
  if index[from] then redis.call('ZREM', index[from], id) end
  if index[to] then redis.call('ZADD', index[to], text(score), id) end
  redis.call('HSET', key, 'state', to)
end

-- To a final state, with the time to live of its record.
local function finish(key, id, from, to, at, keep)
  move(key, id, from, to, at)
  redis.call('HSET', key, 'finishedAt', text(at))
  redis.call('PEXPIRE', key, keep)
end

-- One line for each failed attempt. A job that is replayed again and again loses its oldest lines.
local function remember(key, line)
  local history = redis.call('HGET', key, 'history')
  if history then line = history .. '\n' .. line end
  if #line > 65536 then line = string.sub(line, string.find(line, '\n', #line - 32768, true) + 1) end
  redis.call('HSET', key, 'history', line)
end

