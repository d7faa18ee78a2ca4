-- Finds jobs whose doorbell may be lost. Reads only; ring.lua checks each again.
-- KEYS: queued, scheduled, newest claimed ring
-- ARGV: milliseconds that a ring may be older than the newest claimed one, milliseconds after which any is suspect,
--       milliseconds that a scheduled job may be late, the most ids to give
-- Returns ids: those that were never rung, or were overtaken, and those that are late.
local at = now()
local newest = tonumber(redis.call('GET', KEYS[3]) or '0')
local overtaken = math.max(newest - tonumber(ARGV[1]), at - tonumber(ARGV[2]), 0)
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', text(overtaken), 'LIMIT', '0', ARGV[4])
local late = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', text(at - tonumber(ARGV[3])), 'LIMIT', '0', ARGV[4])
for i = 1, #late do ids[#ids + 1] = late[i] end
return ids
