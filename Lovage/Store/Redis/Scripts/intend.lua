-- Notes that a run is about to make an effect, unless it was made or may have been made before.
-- KEYS: job   ARGV: the effect's field, claim, a random text that names this call, the most fields that a job may have
-- Returns { 'go' } | { 'made', value } | { 'unknown' } | { 'stale' } for a run that no longer has the job | { 'full' }.
local job = redis.call('HMGET', KEYS[1], 'state', 'claim', 'origin', ARGV[1])
-- Without a record nobody knows what an earlier run has done.
if not job[1] then return { 'unknown' } end
if job[1] ~= 'running' or job[2] ~= ARGV[2] then return { 'stale' } end
local entry = job[4]
if entry then
  if string.sub(entry, 1, 1) == 'm' then return { 'made', string.sub(entry, 3) } end
  -- Asked again, because the answer was lost.
  return { entry == 'i ' .. ARGV[3] and 'go' or 'unknown' }
end
if job[3] == 'rebuilt' then return { 'unknown' } end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return { 'full' } end
redis.call('HSET', KEYS[1], ARGV[1], 'i ' .. ARGV[3])
return { 'go' }
