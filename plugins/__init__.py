"""Gongkai: a county's disclosure zone and gazette as a static site. The floor plan is README.md."""
