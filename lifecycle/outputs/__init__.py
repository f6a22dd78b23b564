"""What leaves the screen: papers to print, questions for other systems, the copy that needs no server."""
