// The collections, open to everyone as the endpoints of the other servers are; a batch of 100; no
// log of requests.
migrate((app) => {
  const open = { listRule: '', viewRule: '', createRule: '', updateRule: '', deleteRule: '' }
  const suppliers = new Collection({
    type: 'base',
    name: 'suppliers',
    ...open,
    fields: [
      { type: 'text', name: 'name', required: true, max: 120 },
      { type: 'text', name: 'country', required: true, max: 2 }
    ]
  })
  app.save(suppliers)
  app.save(new Collection({
    type: 'base',
    name: 'products',
    ...open,
    fields: [
      { type: 'text', name: 'sku', required: true, min: 3, max: 20 },
      { type: 'text', name: 'title', required: true, min: 1, max: 200 },
      { type: 'number', name: 'unit_price', required: true, min: 0.000001 },
      { type: 'number', name: 'inventory_count', min: 0, onlyInt: true },
      { type: 'text', name: 'category', max: 80 },
      { type: 'select', name: 'condition', values: ['new', 'used', 'refurbished'] },
      { type: 'relation', name: 'supplier', required: true, collectionId: suppliers.id, maxSelect: 1 }
    ],
    indexes: [
      'CREATE UNIQUE INDEX uq_products_sku ON products (sku)',
      'CREATE INDEX ix_products_category ON products (category, id)'
    ]
  }))
  const settings = app.settings()
  settings.batch.enabled = true
  settings.batch.maxRequests = 100
  settings.batch.timeout = 30
  settings.logs.maxDays = 0
  app.save(settings)
}, (app) => {
  app.delete(app.findCollectionByNameOrId('products'))
  app.delete(app.findCollectionByNameOrId('suppliers'))
})
