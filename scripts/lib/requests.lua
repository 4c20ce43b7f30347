-- Requests that wrk sends (scripts/bench.d/load): KIND names them, LEASES and ACCOUNTS say how many there are to choose
-- from, COOKIES is a file with a session on each line, PASSWORD opens every account.
local kind, leases, accounts = os.getenv('KIND'), tonumber(os.getenv('LEASES')), tonumber(os.getenv('ACCOUNTS'))
local surnames = { 'LEFÈVRE', 'MARTIN-DURAND', 'D’ALMEIDA', 'DE LA TOUR', 'EL AMRANI', 'LY', 'MARTIN', 'GARCÍA MORENO', 'N’DIAYE', 'ŽITNIK' }
local cookies = {}
for line in io.lines(os.getenv('COOKIES')) do cookies[#cookies + 1] = line end

local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set('id', threads)
end

-- Numbers of its own for each thread and each run: nothing that is single-use is sent twice.
local number
function init()
  math.randomseed(os.time() * 7 + id)
  number = id * 100000000 + (os.time() % 100000) * 1000
end

local function any(count) return math.random(0, count - 1) end

local function living()
  local chosen = any(leases)
  if chosen % 12 == 11 then chosen = chosen - 1 end
  return chosen
end

local headers = { ['x-palier'] = '1', ['sec-fetch-site'] = 'same-origin', ['content-type'] = 'application/json' }
local function post(path, body)
  headers['x-forwarded-for'] = string.format('203.%d.%d.%d', any(256), any(256), any(256))
  headers['idempotency-key'] = string.format('wrk-%d', number)
  number = number + 1
  return wrk.format('POST', path, headers, body)
end

local function form(chosen, email, password)
  return string.format('"reference":"%d","surname":"%s","email":"%s","password":"%s","terms":"2026-11"', 1000000 + chosen, surnames[chosen % 10 + 1], email, password)
end

local kinds = {
  page = function() return wrk.format('GET', '/connexion', { ['accept-encoding'] = 'br' }) end,
  program = function() return wrk.format('GET', os.getenv('PROGRAM'), { ['accept-encoding'] = 'br' }) end,
  nothing = function() return wrk.format('GET', '/healthz') end,
  check = function() return post('/api/tenancy/sign-up-checks', '{"page":"signataire","form":{' .. form(living(), '', '') .. '}}') end,
  session = function() return wrk.format('GET', '/api/account/session', { cookie = cookies[any(#cookies) + 1] }) end,
  ['sign-in'] = function()
    return post('/api/account/session', string.format('{"login":"compte%d@exemple.test","password":"%s","stay":false}', any(accounts), os.getenv('PASSWORD')))
  end,
  ['sign-up'] = function() return post('/api/tenancy/sign-ups', '{' .. form(living(), string.format('nouveau%d@exemple.test', number), os.getenv('PASSWORD')) .. '}') end,
}
request = kinds[kind]

-- One line for the program that reads it: answers a second, milliseconds of the median and of the slowest hundredth.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('RESULT %f %f %f %d %d\n', summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
