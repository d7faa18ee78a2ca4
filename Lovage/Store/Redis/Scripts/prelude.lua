-- Stands before every script.

-- The store's clock in milliseconds: the only one that counts.
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Lua would write a large number as 1.79e+12. All numbers here are whole, and %d is several times as fast as %.0f.
local function text(number)
  return string.format('%d', number)
end

-- A job's log with one entry more: a letter, milliseconds since it was enqueued and, after a blank, what else there is to say. The first line is the
-- number of the last entry, so that the oldest can be dropped, beyond 16 KiB, and the others keep their numbers.
local function logged(log, enqueued, at, letter, more)
  local last, entries = '0', ''
  if log then
    local first = string.find(log, '\n', 1, true)
    last, entries = string.sub(log, 1, first - 1), string.sub(log, first)
  end
  entries = entries .. '\n' .. letter .. text(at - tonumber(enqueued or at)) .. (more and ' ' .. more or '')
  if #entries > 16384 then entries = string.sub(entries, (string.find(entries, '\n', #entries - 8192, true))) end
  return text(tonumber(last) + 1) .. entries
end

-- Under which member the index of all jobs has one: by time, and jobs of one time by their ids.
local function listed(enqueued, id)
  return string.format('%013.0f', tonumber(enqueued)) .. id
end

-- Names this store's life: when it began, and chance. Gone with its data, it begins anew.
local function life(key, chance)
  local epoch = redis.call('GET', key)
  if not epoch then
    epoch = text(now()) .. '-' .. chance
    redis.call('SET', key, epoch)
  end
  return epoch
end

-- Since when a job can begin: the first time since it was due or enqueued, after that since it was due again, went back to the queue or was rung last.
local function ready(due, enqueued, fence, rung, at)
  if fence ~= '0' and rung and rung > 0 then return rung end
  return tonumber(due or enqueued or at)
end
