-- Gives a worker a lease.
-- KEYS: the lease, all workers, epoch   ARGV: worker, milliseconds, an epoch for a new store
-- Returns the epoch.
redis.call('SET', KEYS[1], '1', 'PX', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[1])
local epoch = redis.call('GET', KEYS[3])
if not epoch then
  epoch = ARGV[3]
  redis.call('SET', KEYS[3], epoch)
end
return epoch
