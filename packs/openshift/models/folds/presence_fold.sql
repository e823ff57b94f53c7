{#-
  The hours in which a pod has a row on a node, as a bit each, to count rows that come twice: more rows than bits.
  Intervals that do not begin on the hour are told apart by their offset.
-#}
select
    month_start, namespace, pod, node,
    epoch(interval_start) % 3600 as offset_seconds,
    count(*) as row_count,
    bit_count(bitstring_agg(cast(date_diff('hour', month_start, interval_start) as integer), 0, 743)) as interval_count
from {{ ref('pod_rows') }}
where state = 'kept'
group by 1, 2, 3, 4, 5
having row_count > interval_count
