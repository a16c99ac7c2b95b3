"""Words out for what visits, problems and cases share."""

UNKNOWN_UNIT = "没有这个单位，请重新选择"
UNKNOWN_PROGRAMME = "没有这个工作载体，请重新选择"
SENT_BEFORE = "这一条您已发送过，内容与这次不同。两份都在下面，请核对。"
UNKNOWN_VISIT = "没有找到这次走访，可能还没有送达"
UNKNOWN_PROBLEM = "没有找到这个问题，可能还没有送达"
