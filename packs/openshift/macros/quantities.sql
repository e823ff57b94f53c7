{#- Cell rules of the reports and sums of quantities that do not depend on the order of rows. -#}

{#- A quantity as read; NULL (unreadable), NaN and infinite count as 0. -#}
{% macro finite(column) -%}
case when isfinite({{ column }}) then {{ column }} else 0.0 end
{%- endmacro %}

{#-
  An exact sum: a DOUBLE x of at most 1e18 is split into its nearest whole number and the rest, which is counted in
  units of 2^-62. Both are BIGINT, their sums are HUGEINT and exact, so any order, split and thread count give the same bits.
-#}
{% macro sum_parts(expression, name) -%}
sum(cast({{ expression }} as bigint)) as {{ name }}_whole, sum(cast(({{ expression }} - cast(cast({{ expression }} as bigint) as double)) * 4611686018427387904.0 as bigint)) as {{ name }}_rest
{%- endmacro %}

{#- Adds up sums that are in two parts already. -#}
{% macro add_parts(column, name) -%}
sum({{ column }}_whole) as {{ name }}_whole, sum({{ column }}_rest) as {{ name }}_rest
{%- endmacro %}

{#- The DOUBLE that a sum in two parts stands for. -#}
{% macro total(name) -%}
(cast({{ name }}_whole as double) + cast({{ name }}_rest as double) / 4611686018427387904.0)
{%- endmacro %}

{% macro gib(expression) -%}
({{ expression }}) * (1.0 / 1073741824.0)
{%- endmacro %}
