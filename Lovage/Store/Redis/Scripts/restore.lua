-- Records the end of a run whose record went with its store, from the worker's own copy. Never over a record that exists.
-- KEYS: indexes…, job, the finished ones of its name, all jobs
-- ARGV: id, state, then field and value…
-- Returns 1, or 0 if there is a record.
if redis.call('EXISTS', KEYS[8]) == 1 then return 0 end
for i = 3, #ARGV, 2 do
  redis.call('HSET', KEYS[8], ARGV[i], ARGV[i + 1])
end
redis.call('HSET', KEYS[8], 'enqueuedAt', text(at), 'startedAt', text(at), 'fence', '0', 'origin', 'rebuilt')
redis.call('ZADD', KEYS[10], '0', listed(at, ARGV[1]))
finish(KEYS[8], ARGV[1], nil, ARGV[2], KEYS[9])
return 1
