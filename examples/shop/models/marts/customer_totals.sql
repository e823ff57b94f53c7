select c.customer_id, c.label, count(f.order_id) as orders, coalesce(sum(f.total), 0) as total
from {{ ref('raw_customers') }} as c
left join {{ ref('order_facts') }} as f using (customer_id)
group by all
