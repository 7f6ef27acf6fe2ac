// A directory of identities and one server of accounts, on throw-away data. It listens on all interfaces, so it is
// for isolated machines only. It ends when whoever started it closes its input.
import devenv from '@atproto/dev-env'

process.stdin.resume().on('end', () => process.exit(0))
const plc = await devenv.TestPlc.create({})
const pds = await devenv.TestPds.create({ didPlcUrl: plc.url, port: Number(process.argv[2]) })
console.log(`ready ${pds.url} ${plc.url}`)
