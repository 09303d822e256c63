// Fastify 5 + better-sqlite3: schemas validate and serialise, statements are prepared once.
// better-sqlite3 is synchronous: a statement and its fsync keep the only thread, as its
// documentation intends.
import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import Database from 'better-sqlite3'

const db = new Database(process.env.DATABASE)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.pragma('foreign_keys = ON')
db.pragma('busy_timeout = 30000')
db.exec(`
  CREATE TABLE IF NOT EXISTS suppliers (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS products (
    id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    unit_price REAL NOT NULL, inventory_count INTEGER NOT NULL, category TEXT,
    condition TEXT NOT NULL, supplier_id INTEGER NOT NULL REFERENCES suppliers (id)) STRICT;
  CREATE INDEX IF NOT EXISTS ix_products_category ON products (category, id);
  CREATE INDEX IF NOT EXISTS ix_products_supplier ON products (supplier_id);
  CREATE TABLE IF NOT EXISTS movements (
    id INTEGER PRIMARY KEY, note TEXT NOT NULL, quantity INTEGER NOT NULL) STRICT;
`)

const ORIGIN = 'https://admin.internal.corp'
const COLUMNS = 'id, sku, title, unit_price, inventory_count, category, condition, supplier_id'
const read = db.prepare(`SELECT ${COLUMNS} FROM products WHERE id = ?`)
const list = db.prepare(`SELECT ${COLUMNS} FROM products ORDER BY id LIMIT ? OFFSET ?`)
const filtered = db.prepare(
  `SELECT ${COLUMNS} FROM products WHERE category = ? ORDER BY id LIMIT ? OFFSET ?`)
const suppliers = db.prepare(
  'SELECT id, name, country FROM suppliers WHERE id IN (SELECT value FROM json_each(?))')
const insert = db.prepare(
  `INSERT INTO products (sku, title, unit_price, inventory_count, category, condition, supplier_id)
   VALUES (@sku, @title, @unit_price, @inventory_count, @category, @condition, @supplier_id)
   RETURNING ${COLUMNS}`)
const remove = db.prepare('DELETE FROM products WHERE id = ?')
const movements = db.prepare(
  `SELECT id, note, quantity FROM movements WHERE instr(note, ?) ORDER BY id LIMIT ? OFFSET ?`)
const insertAll = db.transaction((items) => items.map((item) => insert.get(item)))

// One statement changes a row and answers it; each set of keys has its own, prepared once. The
// schema has let only known keys through.
const updates = new Map()
function change (id, changes) {
  const keys = Object.keys(changes).sort()
  if (keys.length === 0) return read.get(id)
  const known = keys.join()
  let update = updates.get(known)
  if (update === undefined) {
    const assigned = keys.map((key) => `${key} = @${key}`).join(', ')
    update = db.prepare(`UPDATE products SET ${assigned} WHERE id = @id RETURNING ${COLUMNS}`)
    updates.set(known, update)
  }
  return update.get({ ...changes, id })
}

const fields = {
  sku: { type: 'string', minLength: 3, maxLength: 20 },
  title: { type: 'string', minLength: 1, maxLength: 200 },
  unit_price: { type: 'number', exclusiveMinimum: 0 },
  inventory_count: { type: 'integer', minimum: 0 },
  category: { type: ['string', 'null'], maxLength: 80 },
  condition: { type: 'string', enum: ['new', 'used', 'refurbished'] },
  supplier_id: { type: 'integer', minimum: 1 }
}
const create = {
  type: 'object',
  additionalProperties: false,
  required: ['sku', 'title', 'unit_price', 'supplier_id'],
  properties: {
    ...fields,
    inventory_count: { ...fields.inventory_count, default: 0 },
    category: { ...fields.category, default: null },
    condition: { ...fields.condition, default: 'new' }
  }
}
const supplier = {
  type: 'object',
  properties: { id: { type: 'integer' }, name: { type: 'string' }, country: { type: 'string' } }
}
const product = { type: 'object', properties: { id: { type: 'integer' }, ...fields } }
const problem = { type: 'object', properties: { detail: { type: 'string' } } }
const problems = { 404: problem, 409: problem, 422: problem }
const id = {
  type: 'object', properties: { id: { type: 'integer', minimum: 1 } }, required: ['id']
}
const page = {
  page: { type: 'integer', minimum: 1, maximum: 100000, default: 1 },
  page_size: { type: 'integer', minimum: 1, maximum: 100, default: 20 }
}
const query = (more) => ({
  type: 'object', additionalProperties: false, properties: { ...page, ...more }
})
const absent = { detail: 'There is no such product.' }

// A key that is not declared is an error here as everywhere, not dropped in silence.
const app = Fastify({
  logger: false,
  genReqId: () => randomUUID(),
  ajv: { customOptions: { removeAdditional: false } }
})

// The header of @fastify/cors with less work than the package does, and the request's id.
app.addHook('onRequest', (request, reply, done) => {
  reply.header('x-request-id', request.id)
  if (request.headers.origin === ORIGIN) {
    reply.header('access-control-allow-origin', ORIGIN).header('vary', 'Origin')
  }
  done()
})

app.setErrorHandler((error, _request, reply) => {
  if (error.validation) return reply.code(422).send({ detail: error.message })
  if (String(error.code).startsWith('SQLITE_CONSTRAINT')) {
    return reply.code(409).send({ detail: 'It conflicts with what is stored.' })
  }
  return reply.send(error)
})

app.get('/v1/products/:id', { schema: { params: id, response: { 200: product, ...problems } } },
  (request, reply) => {
    const row = read.get(request.params.id)
    return row ? reply.send(row) : reply.code(404).send(absent)
  })

app.get('/v1/products', {
  schema: {
    querystring: query({
      category: { type: 'string', minLength: 1, maxLength: 80 },
      expand: { type: 'string', enum: ['supplier'] }
    }),
    response: {
      200: {
        type: 'array',
        items: { ...product, properties: { ...product.properties, supplier } }
      }
    }
  }
}, (request, reply) => {
  const { category, expand, page, page_size: size } = request.query
  const start = (page - 1) * size
  const rows = category === undefined
    ? list.all(size, start) : filtered.all(category, size, start)
  if (expand) {
    const found = suppliers.all(JSON.stringify([...new Set(rows.map((row) => row.supplier_id))]))
    const byId = new Map(found.map((one) => [one.id, one]))
    for (const row of rows) row.supplier = byId.get(row.supplier_id)
  }
  return reply.send(rows)
})

app.post('/v1/products', { schema: { body: create, response: { 201: product, ...problems } } },
  (request, reply) => reply.code(201).send(insert.get(request.body)))

app.patch('/v1/products/:id', {
  schema: {
    params: id,
    body: { type: 'object', additionalProperties: false, properties: fields },
    response: { 200: product, ...problems }
  }
}, (request, reply) => {
  const row = change(request.params.id, request.body)
  return row ? reply.send(row) : reply.code(404).send(absent)
})

app.delete('/v1/products/:id', { schema: { params: id, response: problems } },
  (request, reply) => remove.run(request.params.id).changes
    ? reply.code(204).send() : reply.code(404).send(absent))

app.post('/v1/products::bulk-create', {
  schema: {
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['items'],
      properties: { items: { type: 'array', minItems: 1, maxItems: 100, items: create } }
    },
    response: {
      201: { type: 'object', properties: { items: { type: 'array', items: product } } },
      ...problems
    }
  }
}, (request, reply) => reply.code(201).send({ items: insertAll.immediate(request.body.items) }))

app.get('/v1/movements', {
  schema: {
    querystring: query({ note_contains: { type: 'string', minLength: 1, maxLength: 80 } }),
    response: {
      200: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            id: { type: 'integer' }, note: { type: 'string' }, quantity: { type: 'integer' }
          }
        }
      }
    }
  }
}, (request, reply) => {
  const { note_contains: note = '', page, page_size: size } = request.query
  return reply.send(movements.all(note, size, (page - 1) * size))
})

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
