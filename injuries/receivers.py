"""What happens here when training changes elsewhere."""
