@0xb3f1c2d4e5a69788;

interface Echo {
  unary @0 (text :Text) -> (text :Text);
}
