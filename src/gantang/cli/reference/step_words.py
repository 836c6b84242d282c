"""What each step of the ledger means: name to (stream, Chinese, English)."""

Words = tuple[str, str, str]

_MATTER = {
    "received": ("收到，生成编号", "A matter is received and has its number."),
    "opened": ("进入流程", "It begins to follow a procedure."),
    "taken_over": ("从外市转入，接着原来的流程", "It comes from another city and goes on where it stood."),
    "moved": ("做了一个动作", "A move was made, by a person or by the clock."),
    "told": ("到点提醒", "A late rule told somebody."),
    "skipped": ("到点动作没有条件执行", "A move of the clock could not be made."),
    "asked": ("申请停表或延长", "A pause or an extension was asked for."),
    "paused": ("停表", "The clocks were paused."),
    "extended": ("延长期限", "A deadline was extended."),
    "declined": ("没有同意停表或延长", "A pause or an extension was declined."),
    "resumed": ("恢复计时", "The clocks run on."),
    "rerouted": ("承担单位变更", "The remit gave the work to another holder."),
    "recomputed": ("按新日历重算期限", "A deadline was counted again on a changed calendar."),
    "outage": ("系统停运，停表", "All clocks were paused for an outage."),
    "upgraded": ("流程升版", "It follows a newer version of its procedure."),
    "caused": ("填了起因", "Its cause was told, with an end or afterwards."),
    "classed": ("改类别或起因", "Its class or cause was set."),
    "placed": ("改地点", "Its place was set."),
    "relocated": (
        "区划或网格调整，归到新的代码",
        "Its ground got another code; its place is the same.",
    ),
    "gist_mended": ("改事由", "Its gist was mended."),
    "reached": ("可以联系到反映人", "The reporter can be reached from now on."),
    "linked": ("关联", "It was linked with another matter."),
    "unlinked": ("取消关联", "A link was removed."),
    "joined": ("并入的事项", "Another matter was merged into it."),
    "opened_child": ("开了子事项", "It opened a child matter."),
    "attached": ("加附件", "Files were attached."),
    "messaged": ("留言", "A message was left."),
    "code_issued": ("发新查询码", "An access code was issued again."),
    "party_added": ("登记当事人", "A party was entered."),
    "willing": ("当事人表示愿意或拒绝", "A party said that it takes part, or refused."),
    "session_planned": (
        "约了一次调解：时间、方式、场所、主持岗位、到场人的编号",
        "A session was planned: when, how, in which room, led by which post, who is to come by number.",
    ),
    "session_moved": (
        "改了调解的时间或地点，附理由",
        "A session was put to another time or place, with the reason.",
    ),
    "session_cancelled": ("取消了一次调解，附理由", "A session was cancelled, with the reason."),
    "session_held": ("调解开过了，与记录同一次办理", "A session was held, in one act with its record."),
    "signed": (
        "有人在协议的一版上签名：怎么签、何时、保险柜里的条目",
        "Somebody signed a version of an agreement: how, when, the vault's entry.",
    ),
    "signatures_witnessed": (
        "另一位工作人员见证了签名",
        "Another account witnessed signatures on the screen.",
    ),
    "erased": (
        "删除个人信息",
        "People, words, files and documents were erased, and why.",
    ),
    "person_corrected": ("按本人请求更正个人信息", "A field of a person was put right, at its own request."),
    "removal_asked": ("申请清除涉密内容", "Somebody asked to remove what holds a secret: all, or one file."),
    "legal_hold_placed": (
        "暂停删除个人信息",
        "A legal hold: nothing is erased until it is lifted; why, and when to look again.",
    ),
    "legal_hold_lifted": ("恢复按期删除", "The legal hold was lifted."),
    "file_removed": ("清除一个附件", "A file that held a secret was removed; the rest has a new key."),
    "document_made": ("出具文书", "A document was issued; its sealed bytes are named by their keyed hash."),
    "document_superseded": ("文书由新版代替", "A later version stands in a document's place."),
    "document_corrected": ("更正文书", "A document was issued again with other answers, and why."),
    "barred": ("没过前置程序，被拦下", "A move was tried around a gate and refused."),
    "handed_over": ("随件移交", "People, words and files went to the other city; none stay here."),
}
_GROUND = {
    "grid.made": ("划设网格", "Grids were made in a village."),
    "grid.amended": ("网格名称、类型、户数等有变", "What is said of a grid was amended."),
    "grid.redrawn": ("调整网格边界", "A grid's outline was drawn anew."),
    "grid.retired": ("撤销网格", "A grid was retired."),
}
_GROUND_CHANGE = {
    "change.drafted": ("拟定调整方案", "A change of ground was drafted."),
    "change.amended": ("修改调整方案", "The draft was amended."),
    "change.reviewed": ("审核通过，到期生效", "A second administrator reviewed it; it waits for its day."),
    "change.withdrawn": ("撤回调整方案", "It was withdrawn."),
    "change.in_force": ("调整生效", "It came into force."),
    "change.succeeded": (
        "新旧代码对照",
        "What followed each old code: kind, old, new, millionths of its households, whether heir.",
    ),
}
_ALIAS = {
    "alias.set": ("登记第二编码", "Grounds got their codes of another system."),
}
_FACILITY = {
    "facility.made": ("登记设施", "A facility was entered."),
    "facility.amended": ("设施登记有变", "What is said of it was amended."),
    "facility.inspected": ("巡检设施", "It was looked at: in which condition, with which faults."),
    "facility.reported": ("设施报修", "A matter about it began; it is faulty."),
    "facility.repair_ended": ("报修事项办完", "A matter about it ended; it is due for a look."),
    "facility.removed": ("拆除设施", "It was taken away."),
    "facility.ground_followed": ("设施所在代码随区划调整", "The code of its ground followed a change."),
}
_PLACE = {
    "place.made": ("登记综合体", "A place that combines services was entered."),
    "place.amended": ("综合体登记有变", "What is said of it was amended."),
    "place.ended": ("撤销综合体", "It is no more."),
    "place.ground_followed": ("综合体所在代码随区划调整", "The code of its ground followed a change."),
}
_LIST = {
    "list.kind_set": ("设定设施种类", "A kind of facility was added or its rules were changed."),
    "list.kind_ended": ("停用设施种类", "No new facility is of this kind."),
    "list.service_set": ("设定综合体服务", "A service of places was added or renamed."),
    "list.service_ended": ("停用综合体服务", "No place can newly offer it."),
}
_CATALOGUE = {
    "catalogue.seeded": ("载入自带内容", "What ships was put in."),
    "catalogue.added": ("新增条目", "A term was added."),
    "catalogue.renamed": ("条目改名", "A term was renamed."),
    "catalogue.ended": ("条目终止", "A term was ended."),
    "catalogue.set": ("设定法定期限", "A legal period was set."),
    "catalogue.calendar": ("日历变更", "A ground's calendar was changed: days set and taken back."),
    "catalogue.published": ("年度放假通知发布", "A year's national notice was published."),
    "catalogue.filled": ("填写空位", "A slot was filled in, changed or emptied."),
}
_ASKING = {
    "asking.received": ("登记本人的请求", "A person's request about its own data was entered; not whose."),
    "asking.taken": ("有岗位接手答复", "A post answers it."),
    "asking.answered": ("答复了本人", "It was answered."),
    "asking.refused": ("没有照办，说明了理由", "It was refused, with the reason."),
}
_OUTAGE = {
    "outage.entered": ("登记停运", "An administrator entered an outage: clocks of a ground stood still."),
}
_UNIT = {
    "unit.ground_followed": ("辖区代码随区划调整", "The code of its ground followed a change."),
    "unit.made": ("设立单位", "A unit was made."),
    "unit.ended": ("撤销单位", "A unit was ended."),
    "unit.centre_opened": ("设立中心", "The unit's centre was opened."),
    "unit.stationed": ("单位入驻中心", "A unit was stationed in a centre."),
    "unit.function_filled": ("确定中心功能由谁承担", "A unit fills one of the centre's five functions."),
    "unit.function_ended": ("单位不再承担中心功能", "A unit fills one of the five functions no longer."),
}
_POST = {
    "post.ground_followed": ("岗位范围随区划调整", "The code of its ground followed a change."),
    "post.made": ("设置岗位", "A post was made."),
    "post.ended": ("撤销岗位", "A post was ended."),
    "post.appointed": ("任职", "An account was appointed, or acts for the post."),
    "post.holder_ended": ("离任", "An appointment was ended."),
}
_REMIT = {
    "remit.set": ("确定归口", "A remit was set."),
    "remit.ended": ("终止归口", "A remit was ended."),
}
_GROUP = {
    "group.made": ("设立小组", "A standing group was made."),
    "group.ground_followed": ("小组范围随区划调整", "The code of its ground followed a change."),
    "group.ended": ("撤销小组", "A standing group was ended."),
    "group.member_added": ("岗位进入小组", "A post was put into the group."),
    "group.member_ended": ("岗位退出小组", "A post was taken out of the group."),
}
_PROCEDURE = {
    "procedure.in_force": ("流程生效", "A version of a procedure came into force."),
    "procedure.ended": ("流程停用", "No new matter follows it."),
    "procedure.upgrade_set": (
        "定下运行中的事项怎样升版",
        "It was set how running matters go over.",
    ),
    "procedure.proof_asked": ("要求再证一遍", "A proof of a version was asked for."),
    "procedure.upgraded": ("运行中的事项已升版", "Every running matter that was to go over did."),
}
_CAMPAIGN = {
    "campaign.made": ("布置专项", "A campaign was ordered."),
    "campaign.renewed": ("专项进入下一期", "Its next period was made."),
    "campaign.opening": ("开始开件", "Its matters begin to be opened."),
    "campaign.opened": ("开件完成", "All its matters are there."),
    "campaign.ground_followed": (
        "名单随区划调整",
        "Its list of grounds names what became of ground that ended.",
    ),
    "campaign.closed": ("专项结束", "No further matter and no further period."),
}
_ACCOUNT = {
    "account.made": ("开设账号", "An account was made."),
    "account.password_set": ("设定密码", "Its password was set."),
    "account.enabled": ("启用账号", "It was enabled."),
    "account.disabled": ("停用账号", "It was disabled."),
    "account.signed_in": ("登录", "It signed in."),
    "account.signed_out": ("退出", "It signed out."),
    "account.factor_added": (
        "启用第二重验证或换恢复码",
        "A second factor or new recovery codes were set up.",
    ),
    "account.factor_removed": ("停用第二重验证", "A second factor was removed."),
    "account.session_ended": ("让一台设备退出", "It signed one of its devices out."),
    "account.sessions_ended": ("全部设备退出", "All its sessions were ended."),
    "account.post_switched": ("切换岗位", "It acts for another post."),
    "vault.visited": ("查看原话和留言", "It read a matter's words, once a day."),
    "vault.opened": (
        "打开一项个人信息，或一份文书",
        "It opened one personal field, with a reason, or a document.",
    ),
    "vault.asked": ("按个人信息查找", "It looked up by a personal field, with a reason."),
}
_API = {
    "client.made": ("开设接口客户端", "A program's client was made."),
    "client.ordered": (
        "开设接口客户端，待本岗领取",
        "A client was made; whoever holds the post takes its token.",
    ),
    "client.taken": ("领取接口客户端的密钥", "Whoever holds the post took its token."),
    "client.renewed": ("换接口客户端的密钥", "It got a new token; the one before works until then."),
    "client.disabled": ("停用接口客户端", "It was disabled."),
}
_CENTRE = {
    "centre.listed": ("公布或修改中心的地址、电话、开门时间", "Its address, telephone and hours were set."),
    "centre.offer_set": ("设定中心办的一项服务", "A service it offers was set."),
    "centre.offer_ended": ("中心不再办一项服务", "It offers a service no longer."),
}
_SERVICES = {
    "services.set": ("服务清单增加或修改一项", "A service was added to the list or changed."),
    "services.ended": ("服务清单停用一项", "A service ended."),
}
_BOOKING = {
    "booking.made": ("约了一个时间", "A time was booked."),
    "booking.cancelled": ("取消预约", "It was cancelled."),
    "booking.forgotten": ("到期删除预约人", "Who came was forgotten."),
}
_FIGURES = {
    "figures.asked": ("要求公布一期公开数据", "An edition of figures was asked for."),
    "figures.published": ("公布一期公开数据", "An edition of figures was published."),
}
_VERIFICATION = {
    "verification.asked": ("要求核验台账", "A verification of the ledger was asked for."),
    "verification.ended": ("台账核验完", "It ended, with so many faults."),
}
_NOTICE = {
    "notice.published": ("发布公示", "A notice was published."),
    "notice.commented": ("收到一条公众意见", "A comment came in."),
    "notice.summed_up": ("公布意见采纳情况", "What came of the comments was published."),
    "notice.withdrawn": ("撤回公示", "It was taken back."),
    "notice.forgotten": ("到期删除公众意见", "The words of its comments were erased."),
}
_COURSE = {
    "course.set": ("设定一门课程", "A course was set."),
    "course.ended": ("课程停开", "It ended."),
    "course.lesson_set": ("设定一课", "A lesson was set."),
    "course.lesson_ended": ("撤下一课", "A lesson was taken out."),
    "course.question_added": ("题库加一道题", "A question was put into the bank."),
    "course.question_ended": ("题库停用一道题", "A question is drawn no longer."),
}
_EXAM = {
    "exam.begun": ("开始一次考试", "An exam was begun."),
    "exam.closed": ("交卷，判定是否通过", "It was handed in and judged."),
}
_CERTIFICATE = {
    "certificate.issued": ("发证", "A certificate was issued."),
    "certificate.removal_asked": ("提出收回，写明原因", "Its removal was asked for, with a reason."),
    "certificate.removed": ("另一人复核后收回", "It was removed after another's review."),
    "certificate.removal_refused": ("复核后不收回", "After review it stays in force."),
    "certificate.forgotten": ("到期删除持证人姓名", "The holder's name was erased."),
}
_LITERACY = {
    "literacy.households_declared": ("村里申报户数", "A village's households were declared."),
}
_FUND = {
    "fund.made": ("单位开设见义勇为基金", "A fund was opened for a unit."),
    "fund.entered": ("记一笔账或一笔冲销，待审", "An entry or a reversal was made; it waits for approval."),
    "fund.approved": ("另一人审核通过，计入余额", "Another person approved it; it counts."),
    "fund.refused": ("另一人退回，不计入", "Another person refused it; it never counts."),
    "fund.close_asked": ("提出结账", "It was asked that a year be closed."),
    "fund.closed": ("另一人复核，年度结账", "Another person closed the year."),
    "fund.close_refused": ("另一人退回结账", "Another person refused to close the year."),
    "fund.published": ("公布年度账目", "A closed year was published."),
}
_LECTURE = {
    "lecture.held": ("登记一场讲座或活动", "An event was entered, with how many came."),
    "lecture.withdrawn": ("撤回登记错的活动", "It was taken back."),
}
_TRAINING = {
    "training.declared": ("登记岗位的培训学时", "Hours of training were declared for a post."),
    "training.withdrawn": ("撤回登记错的学时", "They were taken back."),
}
_PATROL = {
    "patrol.point_added": ("登记一个巡护点位", "A point was entered."),
    "patrol.point_levels": ("写明点位在哪些水位到得了", "At which levels it can be reached was said."),
    "patrol.vessel_added": ("登记一条船", "A vessel was entered."),
    "patrol.vessel_state": ("船的状态变了", "How it is was said."),
    "patrol.zone_added": ("登记一个区域", "A zone was entered."),
    "patrol.zone_drawn": ("画出区域在某一水位的范围", "Where it lies at a level was drawn."),
    "patrol.route_added": ("登记一条航线", "A route was entered."),
    "patrol.ended": ("点位、船、区域或航线停用", "A point, vessel, zone or route ended."),
    "patrol.officer_set": ("登记巡护岗位的资格和休假", "A post's qualifications and leave were said."),
    "patrol.officer_ended": ("岗位不再巡护", "It serves no longer."),
    "patrol.level_said": ("宣布水位", "How the water stands was said."),
    "patrol.roster_asked": ("编排一张班表", "A roster was asked for."),
    "patrol.roster_made": ("班表排出，或排不出", "It was made, or none fits."),
    "patrol.roster_entered": ("填入在别处排好的班表", "One made elsewhere was entered."),
    "patrol.roster_issued": ("另一人签发班表", "Another issued it."),
    "patrol.roster_withdrawn": ("撤回没有签发的班表", "It was taken back before it was issued."),
    "patrol.shift_assigned": ("给班次派船、定航线", "A shift got its vessel and route."),
    "patrol.shift_routed": ("班次改走别的航线", "It goes another way."),
    "patrol.shift_cancelled": ("取消一个班次", "It was cancelled."),
    "patrol.shift_concern": ("水位变了，班次要经过的地方没有了", "The water took what it leads through."),
    "patrol.shift_out": ("船出勤", "Its vessel went out."),
    "patrol.shift_back": ("船返回", "Its vessel is back."),
    "patrol.shift_offered": ("交班", "What is open was offered to another."),
    "patrol.shift_taken_over": ("接班", "What another offered was taken."),
    "patrol.order_given": ("下指令", "An order was given."),
    "patrol.order_heard": ("收到指令", "The crew heard it."),
    "patrol.order_done": ("指令办完", "The crew did it."),
    "patrol.order_withdrawn": ("收回指令", "The command took it back."),
    "patrol.order_raised": (
        "没人收到指令，提级",
        "Nobody heard it: raised to the command, then the leader.",
    ),
    "patrol.shift_settled": ("对受影响的班次作出决定", "What was told of it is decided, or past."),
    "patrol.shift_found": ("记下这一班发现的事项", "The number of a matter that its crew came upon."),
}
_STREAMS = {
    "matter": _MATTER,
    "ground": _GROUND,
    "ground_change": _GROUND_CHANGE,
    "alias": _ALIAS,
    "facility": _FACILITY,
    "place": _PLACE,
    "list": _LIST,
    "catalogue": _CATALOGUE,
    "asking": _ASKING,
    "outage": _OUTAGE,
    "unit": _UNIT,
    "post": _POST,
    "remit": _REMIT,
    "group": _GROUP,
    "procedure": _PROCEDURE,
    "campaign": _CAMPAIGN,
    "centre": _CENTRE,
    "services": _SERVICES,
    "booking": _BOOKING,
    "figures": _FIGURES,
    "verification": _VERIFICATION,
    "notice": _NOTICE,
    "course": _COURSE,
    "exam": _EXAM,
    "certificate": _CERTIFICATE,
    "literacy": _LITERACY,
    "fund": _FUND,
    "lecture": _LECTURE,
    "training": _TRAINING,
    "patrol": _PATROL,
    "account": _ACCOUNT,
    "api": _API,
}
STEPS: dict[str, Words] = {
    name: (stream, zh, en) for stream, steps in _STREAMS.items() for name, (zh, en) in steps.items()
}
