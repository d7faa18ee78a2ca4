-- Renews a worker's lease. A lease that went with its store is given anew: nobody else can have its jobs.
-- KEYS: the lease, all workers, epoch, the worker's cancellations   ARGV: worker, milliseconds, the epoch as the worker knows it, an epoch for a new store
-- Returns 'held', 'restored' or 'lost', the epoch, then the ids of jobs to cancel.
local epoch = life(KEYS[3], ARGV[4])
local answer = { 'held', epoch }
if redis.call('PEXPIRE', KEYS[1], ARGV[2]) == 0 then
  if epoch == ARGV[3] then return { 'lost', epoch } end
  redis.call('SET', KEYS[1], '1', 'PX', ARGV[2])
  redis.call('SADD', KEYS[2], ARGV[1])
  answer[1] = 'restored'
end
-- They stay until they expire: one may be asked for before the worker has heard that it has the job.
local cancels = redis.call('SMEMBERS', KEYS[4])
for i = 1, #cancels do answer[#answer + 1] = cancels[i] end
return answer
