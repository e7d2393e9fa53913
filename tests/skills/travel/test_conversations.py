"""Conversations as they are held, through the real router: at least ten in each language."""

import pytest

from tests.skills.sentences import sentences_of
from tests.skills.travel.house import House, vocabulary

test_sentences = sentences_of("travel", vocabulary)

EN = {
    "asking on in whole sentences": """
        what's lisbon like in november -> Lisbon in November
        how do i get in from the airport -> Metro
        do waiters expect a tip there -> 5 percent
        is it warmer than rome -> Lisbon | Rome | !rather
        and with the kids -> Lisbon: | Good with children
        can i pay by card in restaurants -> euros | some cash
        how do people greet each other there -> Lisbon:
        what number do i call if there's an accident -> 1 1 2
        where's the best area to stay -> Lisbon:
        and what about in winter -> January
        do i need a winter coat -> Lisbon in January
        any day trips -> Sintra
        can you write that down -> written down in your folder
    """,
    "the second of what was told": """
        what should i see in prague -> Prague Castle
        tell me more about the second one -> Cathedral | Allow | quarter
        what if it's pouring -> Under a roof
    """,
    "a country that one town stands for": """
        what should i pack for japan in march for ten days -> Tokyo in March | !Which one
        and okinawa -> Okinawa in March
    """,
    "two places, one question": """
        is lisbon cheaper than barcelona -> Barcelona costs most, Lisbon least
        and which is warmer in march -> In March
        somewhere for a beach holiday in february -> For February
        which is the cheapest -> costs most
    """,
    "all the words of the question again": """
        does my german plug work in england -> do not fit
        and in switzerland -> Plugs from Germany | Switzerland
        how cold is helsinki in january -> freezing
        do i need snow boots -> Yes: | insulated boots
        and in july -> No, that is not on my list
    """,
    "asking on without naming the place": """
        when should i go to iceland -> June
        how many days -> Reykjavik take 2 days
        what should i pack -> Reykjavik in
        and in july -> Reykjavik in July
        do i need a car -> take a car
        is it expensive -> dearest
        what about with kids -> Good with children
    """,
    "a search that goes on": """
        where should i go in february -> For February
        somewhere warmer -> For February
        by the sea please -> For February
        in asia -> For February | !Senegal | !Colombia
        tell me about the second one -> ask me about
        how long should i stay -> take
        not too far -> For February
    """,
    "a plan that goes on": """
        plan a weekend in prague -> Day 1 | Day 2 | !Day 3
        what about the second day -> Day 2 | !Day 1
        make it three days -> Day 3
        what about a third day -> Day 3 | !Day 1
        is it safe -> check the official source
    """,
    "a visa, and what the country is like": """
        do i need a visa for vietnam -> official source
        what currency do they use -> Vietnamese dong
        how do you say hello -> Xin chào
        and goodbye -> Tạm biệt
        what about thailand -> Thailand
    """,
    "a country, for all its towns": """
        what food should i try in vietnam -> Hanoi: | Hoi An: | !Which one
        when is the best time to visit japan -> Kyoto: | !Which one
    """,
    "questions of a tourist": """
        how many days do i need in rome -> For the best of Rome
        when are the cherry blossoms in kyoto -> Early April
        is it rude to leave food on the plate in china -> China:
        do people speak english in portugal -> I do not know
        how much money do i need per day in bangkok -> no prices in figures
        which is better for food rome or paris -> For food, Rome and Paris
        what should i bring home from turkey -> Istanbul
        somewhere cheap by the sea -> For
        what to do in singapore with a toddler -> Singapore:
        what can i do in vienna for free -> Vienna:
    """,
    "asking on about one place": """
        give me some travel tips for lisbon -> Lisbon: | ask me about | !which place
        what about the food -> pastel de nata
        what should i see there -> Lisbon:
        what else -> Lisbon:
        and the weather -> Lisbon in November
        and in july -> 28 degrees by day
        what plug do i need there -> C and F | 230
    """,
    "when and why": """
        when is the best time to visit kyoto -> Kyoto: | degrees
        why is that -> degrees | rain
        and rome -> Rome:
    """,
    "a country rather than a town": """
        what plug do they use in portugal -> Portugal | C and F
        what money do they use there -> euros
        what language do they speak there -> Portuguese
        what should i eat there -> Lisbon: | Porto:
        which side do they drive on there -> right
    """,
    "packing by voice": """
        what should i pack for reykjavik in december for five days -> coat | because nights | next
        next -> papers | passport
        done -> clothes | socks
        the socks are packed -> Ticked | socks
        we'll go hiking too -> Reykjavik
        what's missing -> hiking boots | !pairs of socks
    """,
    "packing for a family": """
        make a packing list for bangkok in april for two weeks with my family -> Bangkok in April
        next -> 4 passports
        next -> clothes | T-shirts | wash
        we can wash there -> Bangkok
    """,
    "a trip from the idea to the day": """
        i'm going to chengdu for five days in july -> Noted | 5 days in Chengdu in July
        how many days until my trip to chengdu -> 218 days | July
        we leave on july 3rd -> from Saturday, July 3
        how many days until my trip -> 220 days
        read me the plan for day two -> The 2nd day of Chengdu
        read me tomorrow's plan -> begins from Saturday, July 3
        what should i pack -> 5 days in Chengdu in July
        cancel the trip to chengdu -> forgotten
        what trips do i have -> no such trip
    """,
    "questions are asked for what is missing": """
        i'm going to rome -> the month
        what should i see there -> Rome:
        i'm going to rome -> the month
        in may -> For how many days?
        four days -> 4 days in Rome in May
        what trips do i have -> Rome in May
    """,
    "speaking for somebody": """
        how do you say thank you in japanese -> ありがとー
        say it again slowly -> ありがとー
        let me try / ありがとうございます -> word for word
        let me try / りんごをください -> something else
        how do i say hello in portugal -> Olá
        teach me some italian -> Buongiorno
    """,
    "choosing where to go": """
        somewhere warm in february -> For February
        somewhere like lisbon but cheaper -> Like Lisbon, but cheaper
        compare lisbon and barcelona in july -> Lisbon in July | Barcelona in July
        which places do you know in italy -> Rome
    """,
    "a plan with rain in mind": """
        plan three days in paris -> Day 1 | Day 2 | Day 3 | If it rains | check before you go
        what can i do there when it rains -> Under a roof are
        day trips from paris -> Paris: | Versailles
    """,
    "far and near": """
        how far is rome from paris -> kilometres | hour
        how long is the flight from london to new york -> kilometres | hours
        what's the time difference -> behind us
        how long are the days in reykjavik in december -> Reykjavik | hours
    """,
    "a region": """
        things to do in hawaii -> Honolulu:
        what should i eat in yunnan -> Kunming: | Lijiang:
        what plug do they use in california -> the United States | A and B
    """,
    "is the month good": """
        is august a good time for rome -> August is not one of the best months
        what can i do in hong kong in one day -> Day 1
    """,
    "careful": """
        are there scams in paris -> check the official source | November 2026
        is paris safe -> check the official source
        do i need a visa for bali -> official source | embassy | November 2026
    """,
    "not known": """
        travel tips for aachen -> nothing certain about Aachen | The nearest I know are
        travel tips for atlantis -> nothing certain
        what plug do they use in gondor -> nothing certain
    """,
}

ZH = {
    "接着整句地问": """
        里斯本十一月天气怎么样 -> 里斯本十一月
        从机场怎么到市里 -> 红线
        那边吃饭要给小费吗 -> 百分之五
        比罗马暖和吗 -> 里斯本
        要是带孩子呢 -> 里斯本：
        饭馆能刷卡吗 -> 欧元 | 现金
        那当地人怎么打招呼 -> 里斯本：
        出了事故打什么电话 -> 112
        住哪一片好 -> 里斯本：
        要是冬天去呢 -> 一月
        周边还能去哪儿 -> 辛特拉
        帮我写下来 -> 文件夹
    """,
    "说过的第二个": """
        布拉格有哪些景点 -> 布拉格城堡
        第二个再讲讲 -> 大教堂 | 就够
        碰上下雨怎么办 -> 布拉格：
    """,
    "一座城代表一个国家": """
        三月去日本玩十天要带什么 -> 三月去东京 | !你说哪一个
        那冲绳呢 -> 三月去冲绳
    """,
    "两个地方比": """
        里斯本比巴塞罗那便宜吗 -> 巴塞罗那花钱最多
        三月哪个更暖和 -> 三月
    """,
    "原话再问一遍": """
        中国的插头在英国能用吗 -> 插不进去
        在瑞士呢 -> 中国的插头 | 瑞士
        赫尔辛基一月有多冷 -> 冰天雪地
        要穿雪地靴吗 -> 要带
        教我说谢谢 -> !没有把握
    """,
    "接着问不说地名": """
        什么时候去冰岛好 -> 雷克雅未克
        要玩几天 -> 两天
        要带什么 -> 去雷克雅未克五天
        七月呢 -> 七月去雷克雅未克
        要租车吗 -> 租车
        贵不贵 -> 最贵
    """,
    "接着挑地方": """
        二月份去哪里玩 -> 二月可以去
        暖和一点的 -> 二月可以去
        海边的 -> 二月可以去
        介绍一下第二个 -> 接着问我
        待几天好 -> 天
        不要太远 -> 二月可以去
    """,
    "接着排行程": """
        安排一个周末去布拉格 -> 第二天 | !第三天
        第二天呢 -> 第二天 | !第一天
        改成三天 -> 第三天
        有室内的吗 -> 能躲雨的
    """,
    "签证和别的": """
        去越南要签证吗 -> 官方
        用什么钱 -> 越南盾
        你好怎么说 -> Xin chào
        再见呢 -> Tạm biệt
        泰国呢 -> 泰国
    """,
    "游客常问的": """
        罗马要玩几天 -> 罗马挑最好的看
        京都樱花什么时候开 -> 四月初
        在迪拜能喝酒吗 -> 迪拜
        葡萄牙人会说英语吗 -> 说不准
        带宝宝去新加坡玩什么 -> 新加坡：
        香港晚上有什么好玩的 -> 香港：
        希腊哪个岛好玩 -> 圣托里尼
        纽约晚上危险吗 -> 纽约：
    """,
    "围着一个地方问": """
        介绍一下里斯本 -> 里斯本：| 蛋挞
        那交通呢 -> 里斯本：
        那天气呢 -> 里斯本十一月
        那七月呢 -> 二十八度
        那边用什么插头 -> C和F | 二百三十伏
    """,
    "什么时候去，为什么": """
        什么时候去北京最好 -> 北京：| 度
        为什么 -> 最高 | 下雨
        那上海呢 -> 上海：
    """,
    "问国家": """
        葡萄牙用什么插头 -> 葡萄牙 | C和F
        那边用什么钱 -> 欧元
        葡萄牙说什么语言 -> 葡萄牙语
        葡萄牙有什么好吃的 -> 里斯本： | 波尔图：
    """,
    "收拾行李": """
        冬天去哈尔滨穿什么 -> 一月去哈尔滨 | 厚外套 | 下一组
        下一组 -> 证件 | 护照
        装好了 -> 衣服 | 袜子
        袜子装好了 -> 勾掉了
        我们还要滑雪 -> 哈尔滨
        还差什么 -> 滑雪服 | !双袜子
    """,
    "带孩子收拾": """
        四月去曼谷玩五天要带什么 -> 曼谷五天 | 防晒霜
        带孩子 -> 曼谷五天
        还差什么 -> 玩具
    """,
    "从打算到出发": """
        我七月要去成都玩五天 -> 记下了 | 七月去成都五天
        离去成都还有几天 -> 二百一十八天
        我们七月三号出发 -> 七月三号
        离去成都还有几天 -> 二百二十天
        说说第二天的行程 -> 成都，第二天
        我有哪些行程 -> 成都
        取消去成都的行程 -> 删掉了
    """,
    "缺什么问什么": """
        我打算去罗马玩 -> 几月份去
        五月去 -> 去几天
        四天 -> 五月去罗马四天
        我有哪些行程 -> 罗马
    """,
    "外语": """
        谢谢用日语怎么说 -> ありがとー
        慢点说 -> ありがとー
        让我试试 / ありがとうございます -> 一字不差
        让我试试 / りんごをください -> 不太像
        教我几句意大利语 -> Buongiorno
        你好用泰语怎么说 -> สวัสดี
    """,
    "挑地方": """
        二月去哪里暖和 -> 二月可以去
        有没有像里斯本但更便宜的地方 -> 像里斯本又更便宜
        里斯本和巴塞罗那哪个好 -> 里斯本 | 巴塞罗那
        意大利你知道哪些城市 -> 罗马
    """,
    "排行程": """
        去上海玩三天怎么安排 -> 第一天 | 第三天 | 要是下雨 | 出门前查一下
        上海周边有什么好玩的 -> 上海：
        去上海住哪儿好 -> 上海：
    """,
    "省份": """
        我想去西藏 -> 拉萨
        云南有什么好玩的 -> 昆明： | 丽江：
        那丽江呢 -> 丽江：
        有什么好吃的 -> 丽江：
    """,
    "远近": """
        北京到上海多远 -> 公里 | 小时
        那边几点了 -> 早 | 现在
        雷克雅未克十二月白天有多长 -> 小时
    """,
    "不懂就说不懂": """
        介绍一下亚琛 -> 没有可靠的资料 | 离得最近
        什么时候去亚特兰蒂斯最好 -> 没有可靠的资料
        去巴厘岛要签证吗 -> 官方消息 | 十一月
        巴黎有什么骗局 -> 官方消息
    """,
}


@pytest.mark.parametrize(
    ("language", "script"),
    [pytest.param("en", script, id=name) for name, script in EN.items()]
    + [pytest.param("zh", script, id=name) for name, script in ZH.items()],
)
async def test_conversation(tmp_path, language, script):
    await House(tmp_path, language).play(script)


def test_there_are_ten_conversations_in_each_language():
    assert len(EN) >= 10
    assert len(ZH) >= 10
