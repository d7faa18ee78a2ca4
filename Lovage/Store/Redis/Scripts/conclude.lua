-- Notes that an effect was made, or that it certainly was not. Whoever has the job by now: it is true all the same.
-- KEYS: job   ARGV: the effect's field, the text that named the call, '1' if it was made, value
-- Returns 1, or 0 if there is no such intent any more.
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if entry ~= 'i ' .. ARGV[2] then return entry and string.sub(entry, 1, 1) == 'm' and 1 or 0 end
if ARGV[3] == '1' then
  redis.call('HSET', KEYS[1], ARGV[1], 'm ' .. ARGV[4])
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return 1
