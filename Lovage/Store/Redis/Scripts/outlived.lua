-- Finds jobs that have been kept long enough. Reads only; trim.lua checks each again.
-- KEYS: succeeded, cancelled, expired, failed
-- ARGV: milliseconds to keep failed ones, milliseconds to keep the others, the most ids of each state to give
-- Returns for each state the time at or before which they ended, then ids.
local at, answer = now(), {}
for i = 1, 4 do
  local last = text(at - tonumber(i == 4 and ARGV[1] or ARGV[2]))
  answer[i] = { last, unpack(redis.call('ZRANGEBYSCORE', KEYS[i], '-inf', last, 'LIMIT', '0', ARGV[3])) }
end
return answer
