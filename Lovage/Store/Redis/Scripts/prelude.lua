-- Stands before every script.

-- The store's clock in milliseconds: the only one that counts.
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Lua would write a large number as 1.79e+12.
local function text(number)
  return string.format('%.0f', number)
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
