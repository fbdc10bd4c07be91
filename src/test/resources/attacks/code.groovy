// Refused with: can be deployed
"id".execute()
