-- Records a dead letter for a message that cannot be read. Never over a record that exists.
-- KEYS: indexes…, job, all jobs   ARGV: id, name, raw text, error, reason
if redis.call('EXISTS', KEYS[8]) == 1 then return 0 end
redis.call('HSET', KEYS[8], 'name', ARGV[2], 'raw', ARGV[3], 'attempt', '1', 'enqueuedAt', text(at), 'error', ARGV[4], 'reason', ARGV[5], 'origin', 'message')
redis.call('ZADD', KEYS[9], '0', listed(at, ARGV[1]))
finish(KEYS[8], ARGV[1], nil, 'failed')
return 1
