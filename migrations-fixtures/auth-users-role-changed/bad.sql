update auth.users set role = 'agent' where email like '%@help.example.com'; -- want(static) table auth.users: a database has no history
