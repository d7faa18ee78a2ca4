-- How long a queued job could have begun.
-- KEYS: queued, job   ARGV: id
-- Returns milliseconds; nothing if it is no longer queued.
local rung = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not rung then return nil end
local job = redis.call('HMGET', KEYS[2], 'due', 'enqueuedAt', 'fence')
local at = now()
return text(math.max(at - ready(job[1], job[2], job[3], tonumber(rung), at), 0))
