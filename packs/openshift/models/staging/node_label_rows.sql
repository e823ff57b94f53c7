{{ label_rows('node', var('node_label_forms')) }}
