{#- The pods that have a volume on a day: the only pods whose name outlives the fold of the pod rows. -#}
select distinct day, namespace, pod
from {{ ref('storage_fold') }}
where state = 'kept'
