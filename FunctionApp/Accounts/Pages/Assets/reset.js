// reset
