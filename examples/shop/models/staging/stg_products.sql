select product_id, sku, name, category, cast(coalesce(price_cents, 0) * 0.01 as decimal(12, 2)) as price
from {{ ref('raw_products') }}
