DELETE = Delete(ITEM, delete(items).where(ITEM.key == bindparam("key")))
