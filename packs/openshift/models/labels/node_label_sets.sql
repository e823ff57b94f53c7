{{ day_label_sets('node') }}
