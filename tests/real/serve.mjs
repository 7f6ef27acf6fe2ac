// A directory of identities and one server of accounts, on throw-away data. It listens on all interfaces, so it is
// for isolated machines only. It ends when whoever started it closes its input.
import devenv from '@atproto/dev-env'

// A firm's document stands at an https address. Here `https://p8000.advocacy.dev` is 127.0.0.1:8000, and nobody asks a
// name server.
const elsewhere = globalThis.fetch
globalThis.fetch = (input, init) => {
  const asked = new URL(input instanceof Request ? input.url : input)
  const firm = asked.hostname.match(/^p(\d+)\.advocacy\.dev$/)
  return firm ? elsewhere(`http://127.0.0.1:${firm[1]}${asked.pathname}`, { redirect: 'error' }) : elsewhere(input, init)
}

process.stdin.resume().on('end', () => process.exit(0))
const plc = await devenv.TestPlc.create({})
const pds = await devenv.TestPds.create({ didPlcUrl: plc.url, port: Number(process.argv[2]) })
console.log(`ready ${pds.url} ${plc.url}`)
