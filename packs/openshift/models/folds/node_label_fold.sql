{{ label_fold('node') }}
