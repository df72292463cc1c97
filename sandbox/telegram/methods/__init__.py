"""The Bot API's methods, by idea; `table` lists them."""
