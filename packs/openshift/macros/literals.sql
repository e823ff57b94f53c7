{#-
  RFC 9562 version 5 out of SHA-1 in hex: the first 16 bytes, with version 5 and the variant's two bits set.
  Name it by hashing the namespace's 16 bytes and the name.
-#}
{% macro uuid_v5(sha1_hex) -%}
cast(
    {{ sha1_hex }}[1:8] || '-' || {{ sha1_hex }}[9:12] || '-5' || {{ sha1_hex }}[14:16] || '-'
    || translate({{ sha1_hex }}[17], '0123456789abcdef', '89ab89ab89ab89ab') || {{ sha1_hex }}[18:20] || '-' || {{ sha1_hex }}[21:32]
as uuid)
{%- endmacro %}

{#- A value as an SQL literal. -#}
{% macro sql_text(value) -%}
{% if value is none %}null{% else %}'{{ value | string | replace("'", "''") }}'{% endif %}
{%- endmacro %}

{#- The columns to sort by, NULL as the text \N; the first is the day. -#}
{% macro reading_order(columns, alias) -%}
{% for c in columns %}{{ alias ~ '.' ~ c if loop.first else "coalesce(" ~ alias ~ '.' ~ c ~ ", '\\N')" }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}
