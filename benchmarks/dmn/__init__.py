"""The exported decision tables, asked in engines that are not ours."""
