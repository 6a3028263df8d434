"""What a run will do and where its values go: outputs, prices, placing, protection. Pure."""
