// Commits wait for the disk, as those of the other servers do. The binary sets NORMAL on every
// connection that it opens; it writes over one alone, which a hook can reach. That one is closed
// when nobody has written for three minutes: asking it every minute keeps it, and sets a new one.
onBootstrap((e) => {
  e.next()
  e.app.nonconcurrentDB().newQuery('PRAGMA synchronous = FULL').execute()
})

cronAdd('synchronous', '* * * * *', () => {
  $app.nonconcurrentDB().newQuery('PRAGMA synchronous = FULL').execute()
})
