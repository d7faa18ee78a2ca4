-- Records jobs as queued. One that exists is left alone, so that repeating an ambiguous call is harmless.
-- KEYS: epoch, job…   ARGV: an epoch for a new store, then for each job: name, args, headers, traceparent
-- Returns the store's epoch.
local epoch = redis.call('GET', KEYS[1])
if not epoch then
  epoch = ARGV[1]
  redis.call('SET', KEYS[1], epoch)
end

local time = redis.call('TIME')
local now = time[1] .. string.format('%03d', math.floor(time[2] / 1000))

for i = 2, #KEYS do
  local a = 4 * (i - 2) + 2
  if redis.call('EXISTS', KEYS[i]) == 0 then
    redis.call('HSET', KEYS[i], 'name', ARGV[a], 'args', ARGV[a + 1], 'state', 'queued', 'attempt', '1', 'fence', '0', 'enqueuedAt', now)
    if ARGV[a + 2] ~= '' then redis.call('HSET', KEYS[i], 'headers', ARGV[a + 2]) end
    if ARGV[a + 3] ~= '' then redis.call('HSET', KEYS[i], 'traceparent', ARGV[a + 3]) end
  end
end
return epoch
