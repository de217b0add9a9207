"""How is the network made that reads beside the tables? raw text -> rawtext -> pretrain -> finetune -> export."""
