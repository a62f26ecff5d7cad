#!/usr/bin/env python3
"""Makes the Word files of this folder the way offices make them: with a word processor.

usage: soffice --headless --accept='socket,host=127.0.0.1,port=2002;urp;' & python3 制作.py
Every name and figure is invented. The files are kept; this is here so that they can be made again.
"""
import os
import time
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.style.BreakType import NONE
from com.sun.star.text.ControlCharacter import LINE_BREAK, PARAGRAPH_BREAK

HERE = os.path.dirname(os.path.abspath(__file__))


def value(name, content):
    return PropertyValue(Name=name, Value=content)


def office():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext('com.sun.star.bridge.UnoUrlResolver', local)
    for _ in range(60):
        try:
            context = resolver.resolve('uno:socket,host=127.0.0.1,port=2002;urp;StarOffice.ComponentContext')
            return context.ServiceManager.createInstanceWithContext('com.sun.star.frame.Desktop', context)
        except Exception:
            time.sleep(0.5)
    raise SystemExit('no office')


class Paper:
    """A document being typed."""

    def __init__(self, desktop):
        self.document = desktop.loadComponentFromURL('private:factory/swriter', '_blank', 0, (value('Hidden', True),))
        self.text = self.document.Text
        self.cursor = self.text.createTextCursor()
        self.first = True

    def line(self, words, style='Standard', soft=False):
        """A paragraph; with `soft`, ↵ in it is a soft return."""
        if not self.first:
            self.text.insertControlCharacter(self.cursor, PARAGRAPH_BREAK, False)
        self.first = False
        self.cursor.ParaStyleName = style
        parts = words.split('↵') if soft else [words]
        for index, part in enumerate(parts):
            if index:
                self.text.insertControlCharacter(self.cursor, LINE_BREAK, False)
            self.text.insertString(self.cursor, part, False)

    def table(self, rows):
        self.line('')
        table = self.document.createInstance('com.sun.star.text.TextTable')
        table.initialize(len(rows), len(rows[0]))
        self.text.insertTextContent(self.cursor, table, False)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                table.getCellByPosition(c, r).String = cell
        self.cursor.gotoEnd(False)

    def replace(self, old, new):
        """Changes words where they stand, as somebody does who reads the draft."""
        search = self.document.createSearchDescriptor()
        search.SearchString = old
        found = self.document.findFirst(search)
        found.String = new

    def save(self, name):
        url = uno.systemPathToFileUrl(os.path.join(HERE, name, '报告.docx'))
        os.makedirs(os.path.join(HERE, name), exist_ok=True)
        self.document.storeToURL(url, (value('FilterName', 'MS Word 2007 XML'),))
        self.document.close(True)


def government(desktop):
    """政府工作报告: everything typed by hand, full-width indents, numbers of headings too."""
    paper = Paper(desktop)
    for words in [
        '石桥镇2023年政府工作报告',
        '（2024年1月10日）',
        '各位代表：',
        '　　一年来，全镇干部群众团结一心，较好完成了镇人大确定的各项任务。',
        '　　一、2023年工作回顾',
        '　　（一）经济运行稳中有进',
        '　　全年完成地区生产总值12.6亿元，比上年增加1.1亿元，增长9.6%；财政收入3260万元，其中税收收入2445万元，占75%。固定资产投资由上年的4.2亿元增加到4.8亿元。',
        '　　引进项目7个，到位资金1.35亿元；新增规模以上企业2家，全镇规模以上企业达到9家。',
        '　　（二）乡村建设步伐加快',
        '　　硬化通组公路23.5公里，新建桥梁3座，在东湾、西岭、南坪3个村实施供水工程，受益群众1860户7200余人。',
        '　　改造卫生厕所420户，农村生活垃圾收运率由82%提高到95%。',
        '　　二、存在的问题',
        '　　产业基础还不牢固，三分之一的村集体经济收入不足10万元；安全生产压力较大，全年发生一般事故1起。',
        '　　三、2024年工作打算',
        '　　地区生产总值增长8%以上，财政收入突破3500万元，办好十件民生实事。',
        '石桥镇人民政府',
    ]:
        paper.line(words)
    paper.save('政府工作报告')


def petitions(desktop):
    """信访总结: one paragraph with soft returns, points that run in."""
    paper = Paper(desktop)
    paper.line('清溪镇信访办2022年工作总结')
    paper.line('2022年，镇信访办共受理群众来信来访86件次，同比下降12.2%，办结84件，办结率97.7%。现将有关情况总结如下：')
    paper.line('一、主要做法↵　　一是压实责任。镇党委会专题研究信访工作6次，领导干部接访52天次，包案化解疑难信访事项11件。↵'
               '　　二是抓好源头。排查矛盾纠纷213起，调处210起，成功率98.6%。↵'
               '　　三是建强队伍。选聘“老娘舅”调解员26名，举办培训班2期，培训180人次。', soft=True)
    paper.line('二、下步打算↵　　继续坚持每月开展1次集中排查，力争信访总量再下降10%。', soft=True)
    paper.line('清溪镇信访工作办公室')
    paper.line('2022年12月30日')
    paper.save('信访工作总结')


def suggestions(desktop):
    """建议办理: pasted from a web page, with blanks, half-width marks and what nobody sees."""
    paper = Paper(desktop)
    nbsp, zero = '\u00a0', '\u200b'
    for words in [
        '关于2021年度代表建议办理情况的报告',
        f'{nbsp}{nbsp}{nbsp}{nbsp}镇十届人大一次会议以来, 共收到代表建议{nbsp}38{nbsp}件，其中 城镇建设类 12 件、民生保障类 15 件、农业农村类 11 件。',
        f'{nbsp}{nbsp}截至11月底,38件建议全部办复,{zero}办复率100%,代表满意和基本满意率达 97.4%。',
        f'    (一)办成了一批实事。投入资金{nbsp}260{nbsp}万元，修复水毁道路 4.2 公里，安装路灯 120 盏。',
        '    (二)健全了工作机制。镇政府常务会议两次听取汇报，主要领导领办重点建议5件(去年为 3 件)。',
        '    附注：文号为清政发〔2021〕16号，联系电话0739-1234567。',
    ]:
        paper.line(words)
    paper.save('代表建议办理')


def party(desktop):
    """党建述职: styles for headings, a table that is a ledger."""
    paper = Paper(desktop)
    paper.line('2023年度党建工作述职报告', 'Title')
    paper.line('一、履职情况', 'Heading 1')
    paper.line('全镇现有基层党组织32个，党员1046名，其中女党员268名、35岁以下党员197名。全年发展党员14名，转入组织关系21名。')
    paper.line('二、村级集体经济', 'Heading 1')
    paper.line('今年实施集体经济项目4个，情况见下表。')
    paper.table([['村名', '项目', '投入资金', '年收益'],
                 ['东湾村', '冷链仓储', '86万元', '9.5万元'],
                 ['西岭村', '光伏电站', '120万元', '13.2万元'],
                 ['南坪村', '茶叶加工', '64.5万元', '7.8万元'],
                 ['石桥村', '农机服务', '38万元', '5万元'],
                 ['合计', '', '308.5万元', '35.5万元']])
    paper.line('集体经济收入10万元以上的村达到11个，比上年增加3个。')
    paper.line('三、存在不足', 'Heading 1')
    paper.line('有的支部组织生活不够经常，××村党支部阵地面积只有**平方米。')
    paper.save('党建述职')


def poverty(desktop):
    """衔接工作: tracked changes in the draft, taken as accepted."""
    paper = Paper(desktop)
    for words in [
        '桃园乡2022年巩固脱贫成果工作总结',
        '一、基本情况',
        '全乡有脱贫户315户1128人，监测对象26户81人。全年投入衔接资金1860万元，实施项目17个。',
        '二、工作成效',
        '脱贫人口人均纯收入达到14320元，比上年增加1560元。开发公益性岗位96个，发放小额信贷48户230万元。',
        '义务教育阶段适龄儿童入学率100%，基本医疗保险参保率100%。',
        '三、下步打算',
        '脱贫人口收入增速高于全县平均水平，不发生规模性返贫。',
    ]:
        paper.line(words)
    paper.document.RecordChanges = True
    paper.replace('实施项目17个', '实施项目19个')
    paper.replace('发放小额信贷48户230万元', '发放小额信贷52户256万元')
    paper.replace('，基本医疗保险参保率100%', '')
    paper.save('巩固脱贫成果')


def safety(desktop):
    """安全生产: numbers set by the program, a footnote."""
    paper = Paper(desktop)
    paper.line('白竹镇2023年安全生产工作情况汇报', 'Title')
    for words, style in [
        ('总体情况', 'Heading 1'),
        ('全年召开安全生产会议13次，检查企业和场所324家次，排查隐患571处，整改565处，整改率98.9%。', 'Standard'),
        ('主要措施', 'Heading 1'),
        ('严格执法检查，立案处罚8起，罚款21.6万元，责令停产停业3家。', 'Standard'),
        ('加强宣传教育，发放资料1.5万余份，开展应急演练6场，参与群众2300多人次。', 'Standard'),
    ]:
        paper.line(words, style)
        if style == 'Heading 1':
            paper.cursor.NumberingStyleName = 'Numbering 123'
    note = paper.document.createInstance('com.sun.star.text.Footnote')
    paper.text.insertTextContent(paper.cursor, note, False)
    note.insertString(note.createTextCursor(), '参与群众含中小学生860人。', False)
    paper.save('安全生产汇报')


if __name__ == '__main__':
    desktop = office()
    for make in [government, petitions, suggestions, party, poverty, safety]:
        make(desktop)
