// account
