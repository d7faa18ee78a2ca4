-- Gives a worker a lease.
-- KEYS: the lease, all workers, epoch   ARGV: worker, milliseconds, an epoch for a new store
-- Returns the epoch.
redis.call('SET', KEYS[1], '1', 'PX', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[1])
return life(KEYS[3], ARGV[3])
