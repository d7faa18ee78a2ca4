-- Records the end of a run whose record went with its store, from the worker's own copy. Never over a record that exists.
-- KEYS: queued, scheduled, failed, job
-- ARGV: id, state, field and value…, then milliseconds to keep it
-- Returns 1, or 0 if there is a record.
if redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
local at = now()
for i = 3, #ARGV - 1, 2 do
  redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1])
end
redis.call('HSET', KEYS[4], 'enqueuedAt', text(at), 'startedAt', text(at), 'fence', '0')
finish(KEYS[4], ARGV[1], nil, ARGV[2], at, ARGV[#ARGV])
return 1
