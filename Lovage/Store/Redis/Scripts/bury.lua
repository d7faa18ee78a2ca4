-- Records a dead letter for a message that cannot be read. Never over a record that exists.
-- KEYS: queued, scheduled, failed, job   ARGV: id, name, raw text, error, reason, milliseconds to keep it
if redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
local at = now()
redis.call('HSET', KEYS[4], 'name', ARGV[2], 'raw', ARGV[3], 'attempt', '1', 'enqueuedAt', text(at), 'error', ARGV[4], 'reason', ARGV[5])
finish(KEYS[4], ARGV[1], nil, 'failed', at, ARGV[6])
return 1
