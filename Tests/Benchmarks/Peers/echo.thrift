namespace cpp peers

struct Text {
  1: string text
}

service Echo {
  Text unary(1: Text text)
}
