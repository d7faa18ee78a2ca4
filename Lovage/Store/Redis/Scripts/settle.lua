-- Running -> the state that a run's end leads to, for each run that shows its claim.
-- KEYS: indexes…, the worker's held jobs, the worker's cancellations, then for each run: the job, the finished ones of its name
-- ARGV: for each run: id, claim, event (succeed, fail, retry, release, cancel), result, error, reason, a line of history, milliseconds until a retry,
--       the trace of a retry if it is another
-- Returns for each the state that it has led to, also when this settlement was made before; 'stale' for a claim that no longer counts; 'gone' without a record.
local first, width = 10, 9
local leave, makeLeft = leaving('ZREM')
local release, makeReleased = leaving('SREM')
local enter, makeEntered = entering()

-- All is read before anything is written: what cannot be read leaves no job half settled.
local jobs = {}
for i = first, #KEYS, 2 do
  jobs[#jobs + 1] = redis.call('HMGET', KEYS[i], 'state', 'claim', 'cancel', 'startedAt', 'log', 'enqueuedAt', 'attempt')
end
local settled = {}

-- What else is dropped when a run has ended.
local ended = { 'worker', 'alone', 'crashes', 'due' }
local forgotten = { 'worker', 'alone', 'crashes', 'due', unpack(forRuns) }
local succeeded = { 'error', unpack(forgotten) }

local function settle(n, key, finished, a)
  local id, event, job = ARGV[a], ARGV[a + 2], jobs[n]
  if not job[1] then return 'gone' end
  if job[2] ~= ARGV[a + 1] then return 'stale' end
  if settled[id] then return settled[id] end
  if job[1] ~= 'running' then return job[1] end

  -- Asked to cancel, a job does not begin again.
  if job[3] and (event == 'retry' or event == 'release') then event = 'cancel' end
  local to, score, fields = 'queued', atText, {}
  local dropped = ended
  if event == 'succeed' then
    to, dropped = 'succeeded', succeeded
    if ARGV[a + 3] ~= '' then fields = { 'result', ARGV[a + 3] } end
  elseif event == 'fail' then
    to, fields = 'failed', { 'reason', ARGV[a + 5] }
  elseif event == 'cancel' then
    to, dropped = 'cancelled', forgotten
  elseif event == 'release' then
    dropped = { 'worker' }
  else
    fields = { 'attempt', text(tonumber(job[7]) + 1) }
    if ARGV[a + 8] ~= '' then fields[#fields + 1] = 'traceparent'; fields[#fields + 1] = ARGV[a + 8] end
    if ARGV[a + 7] ~= '0' then
      to, score = 'scheduled', text(at + tonumber(ARGV[a + 7]))
      fields[#fields + 1] = 'due'; fields[#fields + 1] = score
    end
  end
  if ARGV[a + 4] ~= '' and event ~= 'succeed' then fields[#fields + 1] = 'error'; fields[#fields + 1] = ARGV[a + 4] end

  -- First: a store without room takes it, and then the rest as well.
  redis.call('HDEL', key, unpack(dropped))
  for _, field in ipairs({ stated(to, job[5], job[6]) }) do fields[#fields + 1] = field end
  redis.call('HSET', key, unpack(fields))
  if ARGV[a + 6] ~= '' then remember(key, job[4] .. ' ' .. atText .. ' ' .. ARGV[a + 6]) end
  -- Or a replay of the job, run by the same worker, would be cancelled for it.
  if job[3] then redis.call('SREM', KEYS[9], id) end
  release(KEYS[8], id)
  leave(index.running, id)
  enter(index[to], score, id)
  if to == 'succeeded' or to == 'cancelled' then enter(finished, atText, id) end
  announce(key)
  settled[id] = to
  return to
end

local answers = {}
for n = 1, #jobs do
  answers[n] = settle(n, KEYS[first + 2 * (n - 1)], KEYS[first + 2 * (n - 1) + 1], width * (n - 1) + 1)
end
makeReleased()
makeLeft()
makeEntered()
return answers
