-- Takes jobs to be rung now, so that no other process rings them as well: scheduled and due -> queued, queued with a new time of ring.
-- KEYS: indexes…, epoch, job…   ARGV: milliseconds for which a ring stands, then ids
-- Returns the epoch, then for each job { name, args, headers, traceparent, expires, max attempts, alone, extra, time limit }, or nothing if there is no need.
local answers = { redis.call('GET', KEYS[8]) or '' }
for i = 9, #KEYS do
  local id = ARGV[i - 7]
  local job = redis.call('HMGET', KEYS[i], 'name', 'args', 'headers', 'traceparent', 'expires', 'maxAttempts', 'alone', 'state', 'due', 'extra', 'timeLimit')
  local state = job[8]
  local due = state == 'scheduled' and at >= tonumber(job[9])
  local quiet = state == 'queued' and at - tonumber(redis.call('ZSCORE', KEYS[1], id) or '0') >= tonumber(ARGV[1])
  if due or quiet then
    if due then move(KEYS[i], id, state, 'queued', at) else redis.call('ZADD', KEYS[1], text(at), id) end
    answers[#answers + 1] = { job[1], job[2], job[3], job[4], job[5], job[6], job[7], job[10], job[11] }
  else
    -- Ids of jobs that are no longer there are swept out of the indexes.
    if not state then
      redis.call('ZREM', KEYS[1], id)
      redis.call('ZREM', KEYS[2], id)
    end
    answers[#answers + 1] = {}
  end
end
return answers
